# syntax=docker/dockerfile:1
# Build stage: every dependency, compiled once.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci --ignore-scripts
COPY src src
COPY web web
COPY cards cards
RUN npm run build

# Production dependencies alone, without install scripts.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

# The image: compiled code, clinical content, invented patients for development mode, nothing to build with.
FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    NODE_OPTIONS="--disable-proto=delete --v8-pool-size=1 --max-semi-space-size=32 --max-old-space-size=304" \
    DEBUG=
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE NOTICE ./
COPY cards cards
COPY fhir-fixtures fhir-fixtures
RUN mkdir data && chown 65532:65532 data
USER 65532:65532
VOLUME /app/data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=2s --start-period=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
