"""What shows that a claim is true: pictures, embedded files, links, and files that came beside the workbook."""
