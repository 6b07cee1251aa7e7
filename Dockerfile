# Segment Studio as a container. Not built in CI, which has no container engine; there hadolint reads
# this file. Build it once before you rely on it. How to run it: docs/deployment.md.
#
#   docker build -t segment-studio .

FROM python:3.11-slim

# Threads that wait by spinning slow small fits a hundredfold. The root file system may be read-only:
# Python writes no bytecode, and the visits' folders and the home are below /tmp. Nothing there
# outlives the container, so no studies are kept until a database is named.
ENV OMP_WAIT_POLICY=PASSIVE \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    SEGMENT_STUDIO_DATABASE=off \
    TMPDIR=/tmp

WORKDIR /app

# The packages first: a change of the app leaves their layer alone.
COPY requirements.txt .
RUN pip install --no-cache-dir --requirement requirements.txt

COPY . .

# The files belong to root, so the app cannot change itself.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin studio
USER 10001

EXPOSE 8501

# An unknown address answers 200 with the app's page, so the text counts and not the status.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import sys, urllib.request as u; sys.exit(u.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4).read() != b'ok')"]

ENTRYPOINT ["python", "-m", "streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501"]
