/** Rows on their way to PostgreSQL, column by column, to be taken apart with `unnest`. */
import { sql, type RawBuilder } from 'kysely'

/**
 * A column as one text, a line each, null an empty one: nothing in it is written twice. What may hold a line feed
 * comes as an array.
 */
export function column(values: readonly (string | number | boolean | null)[]): RawBuilder<string[]> {
  return sql`string_to_array(${values.join('\n')}, E'\\n', '')`
}
