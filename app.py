"""The router: the server where it is being started, the frame with the page in view for everyone who looks."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from ui.shell import server

    app = st.App(
        __file__,
        lifespan=server.lifespan,
        routes=server.routes(),
        middleware=server.MIDDLEWARE,
        on_script_error=server.say_so,
    )
else:
    from ui.shell import frame

    frame.run()
