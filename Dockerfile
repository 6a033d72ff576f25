# Storeledger for a host: the app alone; its database is the PostgreSQL in DATABASE_URL. README, "Host it", says how it is run.
FROM python:3.11-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/packages
COPY requirements.txt /tmp/requirements.txt
RUN /opt/packages/bin/pip install --requirement /tmp/requirements.txt

FROM python:3.11-slim-bookworm
# Nothing below /app, nor of the packages, can be changed by the user that the app runs as.
RUN groupadd --system --gid 10001 storeledger \
    && useradd --system --uid 10001 --gid storeledger --no-create-home --home-dir /tmp --shell /usr/sbin/nologin storeledger \
    && install --directory --owner storeledger --group storeledger --mode 0700 /var/lib/storeledger
COPY --from=packages /opt/packages /opt/packages
WORKDIR /app
COPY .streamlit/config.toml .streamlit/config.toml
COPY data/sample data/sample
COPY sql sql
COPY analytics analytics
COPY pages pages
COPY app.py LICENSE ./
ENV PATH="/opt/packages/bin:$PATH" HOME=/tmp PYTHONUNBUFFERED=1 PYTHONPYCACHEPREFIX=/tmp/compiled \
    ANALYTICS_HOME=/var/lib/storeledger
USER 10001:10001
VOLUME /var/lib/storeledger
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as http; http.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=2)"]
CMD ["streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501", "--server.headless=true"]
