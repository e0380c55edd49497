# docker build -t ppid-audit .
# docker run --rm ppid-audit doctor
# docker run --rm -v "$PWD:/evaluasi" --user "$(id -u):$(id -g)" -e TZ=Asia/Jakarta ppid-audit scan
FROM python:3.11-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN python -m venv /opt/ppid-audit \
 && /opt/ppid-audit/bin/pip install --no-cache-dir -c constraints.txt ".[pdf,postgres]"

FROM python:3.11-slim-bookworm
COPY --from=build /opt/ppid-audit /opt/ppid-audit
ENV PATH="/opt/ppid-audit/bin:$PATH" TZ=Asia/Jakarta
RUN useradd --create-home --uid 1000 ppid && mkdir /evaluasi && chown ppid:ppid /evaluasi
USER 1000
WORKDIR /evaluasi
ENTRYPOINT ["ppid-audit"]
CMD ["--help"]
