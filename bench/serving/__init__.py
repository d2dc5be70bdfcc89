"""What bench/web.py is made of: a council, its server, those who use it, and the same page in other frameworks."""
