"""找表读表: any office's table by the words of its headers and the geometry of its merges."""
