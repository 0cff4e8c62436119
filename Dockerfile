# claimcheck in a container: pins and hashes of the lock file, an unprivileged user, no network needed at run time.
#
#   docker build --tag claimcheck .
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/work" claimcheck check documents
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/work" --network host claimcheck review
FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements-run.lock ./
RUN python -m venv /opt/claimcheck
RUN /opt/claimcheck/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements-run.lock
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY documents documents
COPY reference_data reference_data
RUN /opt/claimcheck/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
COPY --from=build /opt/claimcheck /opt/claimcheck
ENV PATH=/opt/claimcheck/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1
WORKDIR /work
USER 10001:10001
ENTRYPOINT ["claimcheck"]
CMD ["--help"]
