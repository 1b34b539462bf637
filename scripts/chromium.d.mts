export function chromiumPath(env?: NodeJS.ProcessEnv): string | undefined
export function chromiumFlags(): string[]
