"""What the pages stand on: the only place that knows Streamlit's machinery."""
