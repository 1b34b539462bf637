export function olderPostgres(major: number): string | undefined
export function olderPostgresCache(major: number): string
export function platformPackage(): string
