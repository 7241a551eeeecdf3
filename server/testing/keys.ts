import { type KeyRing, sealKey } from '../store/sqlite/secrets/seal.ts'

/** The key of tests, the same over a restart; nothing that it seals outlives a test. */
export const testKeys: KeyRing = [sealKey(new Uint8Array(32).fill(7))]
