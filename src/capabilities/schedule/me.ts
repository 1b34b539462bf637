/**
 * The document `me` (GET /api/me) as it lies on a device, read back with its own shape: a device may hold what an
 * older build wrote. Screens read it with `meOf(useValue('me'))`.
 */
import { z } from 'zod'
import { PURPOSES, type Me } from './model.ts'

const Block = z.object({
  assignment: z.string(),
  code: z.string(),
  start: z.string(),
  end: z.string(),
  title: z.string(),
  place: z.string(),
  note: z.string(),
  students: z.array(z.string()),
  programs: z.array(z.string()),
  purpose: z.enum(PURPOSES).optional(),
  off: z.enum(['meal', 'rest']).optional(),
  relief: z.enum(['meal', 'rest']).optional(),
  cover: z.object({ usual: z.string(), why: z.string() }).optional(),
})

const Document = z.object({
  person: z.object({ id: z.string(), name: z.string(), initials: z.string() }),
  district: z.object({
    id: z.string(),
    name: z.string(),
    demo: z.boolean(),
    tz: z.string(),
    clockOffsetMs: z.number(),
  }),
  roles: z.array(z.string()),
  students: z.array(
    z.object({
      id: z.string(),
      initials: z.string(),
      color: z.number(),
      name: z.string(),
      grade: z.string().nullable(),
      role: z.string(),
      until: z.number().nullable(),
    }),
  ),
  people: z.array(
    z.object({ id: z.string(), name: z.string(), role: z.string(), with: z.array(z.string()).optional() }),
  ),
  cleared: z.array(z.object({ task: z.string(), student: z.string().nullable() })).optional(),
  training: z
    .array(z.object({ task: z.string(), student: z.string().nullable(), to: z.string().nullable() }))
    .optional(),
  focus: z
    .array(
      z.object({
        school: z.string(),
        from: z.string(),
        to: z.string(),
        words: z.record(z.string(), z.string()),
      }),
    )
    .optional(),
  contacts: z
    .array(
      z.object({
        school: z.string(),
        name: z.string(),
        teacher: z.string(),
        office: z.string(),
        nurse: z.string(),
        crisis: z.string(),
        words: z.string(),
      }),
    )
    .optional(),
  brought: z.record(z.string(), z.json()).optional(),
  boards: z.array(z.object({ day: z.string(), type: z.string().nullable(), blocks: z.array(Block) })),
  schoolDays: z.array(z.string()),
  rules: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).optional(),
  notRun: z
    .array(
      z.object({ program: z.string(), day: z.string(), reason: z.enum(['student_absent', 'staff_absent']) }),
    )
    .optional(),
  doubts: z
    .array(z.object({ program: z.string(), session: z.string(), author: z.string(), offMs: z.number() }))
    .optional(),
  bells: z
    .array(
      z.object({
        students: z.array(z.string()),
        blocks: z.array(
          z.object({
            variant: z.string(),
            code: z.string(),
            name: z.string(),
            start: z.string(),
            end: z.string(),
          }),
        ),
        variants: z.record(z.string(), z.string()),
      }),
    )
    .optional(),
  checks: z.array(z.object({ program: z.string(), state: z.json() })).optional(),
}) satisfies z.ZodType<Me>

const read = new WeakMap<object, Me | null>()

/** The document, or null when there is none or it has another shape. The same object for the same document. */
export function meOf(document: unknown): Me | null {
  if (typeof document !== 'object' || document === null) return null
  const known = read.get(document)
  if (known !== undefined) return known
  const me = Document.safeParse(document).data ?? null
  read.set(document, me)
  return me
}
