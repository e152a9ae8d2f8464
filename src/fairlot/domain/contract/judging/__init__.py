"""What one requirement is worth: each kind of requirement has its judge, and no judge looks beyond its clause."""
