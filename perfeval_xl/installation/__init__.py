"""安装: what is put on a PC and taken away again, what is wrong with a PC, and the package for an office without internet."""
