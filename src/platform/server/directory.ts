/** The districts this server serves, held in memory: their names, zones and clocks. Reloaded when one changes. */
import type pg from 'pg'
import type { Uuid } from '../core/ids.ts'

export interface DistrictInfo {
  readonly id: Uuid
  readonly name: string
  readonly tz: string
  readonly demo: boolean
  readonly clockOffsetMs: number
}

const STALE_MS = 5000

export class Directory {
  #districts = new Map<Uuid, DistrictInfo>()
  #loaded = 0

  /** All districts, oldest first. */
  get all(): readonly DistrictInfo[] {
    return [...this.#districts.values()]
  }

  get(district: Uuid): DistrictInfo | undefined {
    return this.#districts.get(district)
  }

  /** Milliseconds since the epoch by the district's clock: real, but for a demo that lives on its own day. */
  now(district: Uuid): number {
    return Date.now() + (this.#districts.get(district)?.clockOffsetMs ?? 0)
  }

  tz(district: Uuid): string {
    return this.#districts.get(district)?.tz ?? 'UTC'
  }

  async load(pool: pg.Pool): Promise<void> {
    const found = await pool.query<{
      district_id: Uuid
      name: string
      tz: string
      demo: boolean
      clock_offset_ms: number
    }>('select * from handrail.districts()')
    this.#districts = new Map(
      found.rows.map((row) => [
        row.district_id,
        {
          id: row.district_id,
          name: row.name,
          tz: row.tz,
          demo: row.demo,
          clockOffsetMs: row.clock_offset_ms,
        },
      ]),
    )
    this.#loaded = Date.now()
  }

  /** Another process may have added a district or moved a demo clock. */
  async refresh(pool: pg.Pool): Promise<void> {
    if (Date.now() - this.#loaded > STALE_MS) await this.load(pool)
  }
}
