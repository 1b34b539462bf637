/** Worlds that once showed a defect: each is run with the tests. What it was stands beside it. */
export const SEEDS: readonly { readonly seed: number; readonly acts: number; readonly was: string }[] = []
