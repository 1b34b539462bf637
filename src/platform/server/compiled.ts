/**
 * Schemas that every record and every answer is held against, compiled (z.compile): what passes is told in one go, what
 * does not is looked at by the schema itself, so results and errors are the same. For the server alone: the policy of a
 * page forbids it to compile, and it has few records to read.
 */
import { serializerCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'

/** The schema, compiled when it is asked for the first time. */
export function compiled<Schema extends z.ZodType>(schema: Schema): Schema {
  const known = all.get(schema)
  if (known) return known as Schema
  const fast = z.compile(schema)
  all.set(schema, fast)
  return fast
}
const all = new WeakMap<z.ZodType, z.ZodType>()

/** The provider's own serializer, with the schema compiled: an answer may hold thousands of records. */
export const compiledSerializer: typeof serializerCompiler = (route) => {
  const exact = serializerCompiler(route)
  const { schema } = route
  if (!(schema instanceof z.ZodType)) return exact
  return (data) => {
    const answer = compiled(schema).safeParse(data)
    return answer.success ? JSON.stringify(answer.data) : exact(data)
  }
}
