/**
 * Stands in for typebox in the browser, where contracts are addresses and types and nothing is validated: every
 * shape is an empty object, except that what is composed from properties keeps them.
 */
interface Shape {
  properties?: Record<string, Shape>
}

const composed: Record<string, (...given: never[]) => Shape> = {
  Object: (properties: Record<string, Shape>) => ({ properties }),
  Intersect: (shapes: Shape[]) => ({ properties: Object.assign({}, ...shapes.map((s) => s.properties)) }),
  Optional: (shape: Shape) => shape,
  Partial: (shape: Shape) => shape,
  Required: (shape: Shape) => shape,
  Pick: (shape: Shape) => shape,
  Omit: (shape: Shape) => shape,
}
composed.Composite = composed.Intersect as (typeof composed)[string]
composed.Evaluate = composed.Optional as (typeof composed)[string]

export const Type = new Proxy(composed, { get: (known, name: string) => known[name] ?? (() => ({})) })

// biome-ignore lint/style/noDefaultExport: typebox is imported by its default name.
export default Type
