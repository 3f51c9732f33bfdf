"""What is shown: values in, HTML or a figure out. Knows nothing of Streamlit."""
