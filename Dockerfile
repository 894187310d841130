# The steps are those that .ci/run also runs: production install without scripts, pruning, database, start, health check.

# The exact version that the lock file has for development and CI, so that the tests ran on this Node. Not by digest:
# a digest would keep the Debian of its day, while rebuilding this tag brings the fixes of the base.
FROM node:24.21.0-slim AS build

WORKDIR /srv
COPY LICENSE package.json package-lock.json ./
COPY deploy deploy
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && sh deploy/prune.sh && sh deploy/notices.sh . && rm -r deploy

COPY migrations migrations
COPY seed seed
COPY openapi openapi
COPY src src
# The files that are exported have whole addresses: --build-arg PUBLIC_URL=… spares each start to write them anew.
ARG PUBLIC_URL=
RUN DATABASE=/srv/directory.sqlite PUBLIC_URL=$PUBLIC_URL node src/build-database.ts

FROM node:24.21.0-slim

ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATABASE=/srv/directory.sqlite \
  NODE_COMPILE_CACHE=/srv/.compiled MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=1048576
WORKDIR /srv
COPY --from=build /srv ./
RUN mkdir .compiled && chown node .compiled

USER node
# One start and stop, so that each later start finds its code compiled: Node keeps that apart for each user.
RUN PORT=0 timeout --preserve-status 10 node --max-semi-space-size=4 src/server.ts
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Without --disable-sigusr1, a SIGUSR1 would open a debugger; without the other flag, new objects may take 100 MiB.
# MALLOC_ARENA_MAX spares the 40 MiB that threads which compress would keep apart; the threshold gives the memory of
# long bodies back.
CMD ["node", "--disable-sigusr1", "--max-semi-space-size=4", "src/server.ts"]
