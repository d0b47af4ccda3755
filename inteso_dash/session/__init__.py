"""What pages share at run time: the cache, loaded tables, controls, downloads, charts."""
