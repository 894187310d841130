# The steps are those that .ci/run also runs: production install without scripts, database, start, health check.
FROM node:24.21.0-slim

ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATABASE=/srv/directory.sqlite \
  NODE_COMPILE_CACHE=/srv/.compiled
WORKDIR /srv

COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

COPY migrations migrations
COPY seed seed
COPY openapi openapi
COPY src src
RUN node src/build-database.ts && mkdir .compiled && chown node .compiled

USER node
# One start and stop, so that each later start finds its code compiled: Node keeps that apart for each user.
RUN PORT=0 timeout --preserve-status 10 node src/server.ts
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/server.ts"]
