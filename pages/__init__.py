"""The screens: one page a module, named by a noun; pages never import each other."""
