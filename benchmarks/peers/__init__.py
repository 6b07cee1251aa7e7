"""What we are measured against, each as a program of its own."""
