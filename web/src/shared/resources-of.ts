interface Resource {
  resourceType?: string
  id?: string
  entry?: readonly { resource?: Resource }[]
}

/** Every resource of a request, by "Type/id": those of prefetch and the draft orders. */
export function resourcesOf(request: unknown): ReadonlyMap<string, unknown> {
  const { prefetch = {}, context } = (request ?? {}) as {
    prefetch?: Record<string, Resource | null>
    context?: { draftOrders?: Resource }
  }
  const found = new Map<string, unknown>()
  const add = (resource: Resource | null | undefined): void => {
    if (!resource) return
    for (const { resource: inner } of resource.entry ?? []) add(inner)
    if (resource.resourceType !== 'Bundle')
      found.set(`${resource.resourceType ?? ''}/${resource.id ?? ''}`, resource)
  }
  for (const value of Object.values(prefetch)) add(value)
  add(context?.draftOrders)
  return found
}
