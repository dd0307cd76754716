# One image for every process of Foyer; the command chooses which:
#   docker build -t foyer .
#   docker run foyer node subgraphs/orders/dist/main.js
# Its files are made by scripts/image/assemble.mjs, which also runs without Docker (docs/deployment.md).

FROM node:26-slim AS build
WORKDIR /src
# First what dependencies follow from: a change of the code alone installs nothing anew.
COPY scripts scripts
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
RUN node scripts/image/fetch.mjs
COPY . .
RUN node scripts/image/assemble.mjs /image

FROM node:26-slim
ENV NODE_ENV=production \
    FOYER_HOST=0.0.0.0 \
    APOLLO_TELEMETRY_DISABLED=1
WORKDIR /foyer
# Owned by root and run by another: no process can change its own code.
COPY --from=build /image ./
USER node
EXPOSE 4000-4007
# Ready when its dependencies answer; the one process of the container answers at one of the ports.
HEALTHCHECK --interval=10s --timeout=8s --start-period=120s --retries=3 \
  CMD ["node", "system/dist/healthcheck.js"]
CMD ["node", "gateway/dist/main.js"]
