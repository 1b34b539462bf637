/** How the sync stands, for screens; see store/hooks.ts. */
export { useSyncStatus } from '../store/hooks.ts'
