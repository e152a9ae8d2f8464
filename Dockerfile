# The application and the worker in one image; which of them runs, the command says. See docs/operate/containers.md.
FROM python:3.13-slim-trixie AS build
COPY requirements/lock.txt pyproject.toml README.md LICENSE NOTICE /source/
RUN python -m venv /opt/fairlot \
 && /opt/fairlot/bin/pip install --no-cache-dir --require-hashes --no-deps -r /source/requirements/lock.txt
COPY src /source/src
COPY examples /source/src/fairlot/examples
RUN /opt/fairlot/bin/pip install --no-cache-dir --no-deps --no-build-isolation /source

FROM python:3.13-slim-trixie
# What WeasyPrint draws contracts with, and letters for Chinese.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 fontconfig fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/fairlot --shell /usr/sbin/nologin fairlot \
 && install --directory --owner=fairlot --group=fairlot --mode=0700 /var/lib/fairlot
COPY --from=build /opt/fairlot /opt/fairlot
ENV PATH=/opt/fairlot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    FAIRLOT_DATA_DIR=/var/lib/fairlot
USER 10001:10001
WORKDIR /var/lib/fairlot
VOLUME ["/var/lib/fairlot"]
EXPOSE 8000
ENTRYPOINT ["fairlot"]
CMD ["serve", "--host", "0.0.0.0"]
