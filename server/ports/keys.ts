import type { ApiKey, KeyKind } from '../../shared/api/keys.ts'
import type { Act, Changes } from './acts.ts'

export interface NewKey {
  readonly id: string
  readonly name: string
  readonly kind: KeyKind
  /** Of the secret, which is not kept. */
  readonly hash: string
  readonly hint: string
}

type Changing = Changes<{
  /** Problems `key-name-taken`, `keys-too-many`. */
  make(act: Act, key: NewKey): Promise<ApiKey>
  /** From now on nobody comes in by it. Problem `not-found`. */
  revoke(act: Act, id: string): Promise<void>
}>

/** The keys by which other systems come in to one brand. */
export interface KeyStore extends Changing {
  /** Those that hold first, the newest first. */
  list(): Promise<ApiKey[]>
  /** The key of that hash, where it holds. */
  find(hash: string): Promise<Pick<ApiKey, 'id' | 'name' | 'kind'> | null>
  /** It has been used, at that real time. */
  used(id: string, at: number): Promise<void>
}
