# One image for web, worker, beat and preparation. Built by the same scripts as a checkout; runs as a user without rights.
FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PATH=/srv/.venv/bin:$PATH
WORKDIR /srv
COPY requirements*.txt package.json package-lock.json .npmrc ./
COPY script script
RUN script/environment requirements.txt
COPY . .
RUN script/frontend && rm -rf node_modules \
  && LFR_VAR=/tmp/build python manage.py prepare --static \
  && useradd --system lfr && install -d -m 700 -o lfr /srv/var
USER lfr
VOLUME /srv/var
EXPOSE 8000
