"""The workspace on disk: settings, keys, staged feeds, immutable snapshots, and the pointer to the current one."""
