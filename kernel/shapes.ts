/** Shapes that contracts share. Browser-safe. */
import Type, { type TSchema } from 'typebox'

export const nullable = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
export const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
/** A day, or a day with an hour: 2024-06-18 or 2024-06-18 14:00. */
export const Moment = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}(:\\d{2}(:\\d{2})?)?)?$' })
export const YesNo = Type.Union([Type.Literal('yes'), Type.Literal('no')])
/** The organisation alone, with its direct subordinates, or with everything below. */
export const Depth = Type.Union([Type.Literal('0'), Type.Literal('1'), Type.Literal('all')])
