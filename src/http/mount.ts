import { Router } from 'express'

/** Routes of another room, moved below a path. */
export const mountAt = (path: string, routes: Router): Router => Router().use(path, routes)
