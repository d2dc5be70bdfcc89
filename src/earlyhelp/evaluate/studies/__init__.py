"""Studies of services, each a target trial that is declared before an outcome is read (Hernan and Robins 2016)."""
