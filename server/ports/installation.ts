import type { Actor } from '../../shared/audit/actor.ts'
import type { Problem } from '../../shared/errors/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Act, Changes } from './acts.ts'
import type { AuditLog } from './audit.ts'
import type { Desk } from './desk.ts'
import type { Upkeep } from './upkeep.ts'

/** A brand as the installation knows it. */
export interface BrandRow {
  readonly id: string
  /** Where its database lies, from the folder of data. */
  readonly file: string
  /** Always a sandbox, however the installation runs. */
  readonly sandbox: boolean
  readonly createdAt: number
  readonly archivedAt: number | null
  /** Where its database has been put aside; null while it is at work. */
  readonly archive: string | null
}

export interface InstallationReads {
  /** All brands there have ever been, the oldest first. */
  brands(): Promise<readonly BrandRow[]>
  readonly audit: AuditLog
}

export type InstallationChanges = Changes<{
  add(act: Act, brand: Pick<BrandRow, 'id' | 'file' | 'sandbox'>): Promise<BrandRow>
  archive(act: Act, id: string, archive: string): Promise<void>
}>

/** What is kept of the installation itself. */
export interface InstallationStore extends InstallationReads, InstallationChanges {}

/** The installation at work: which brands there are, and how one comes and goes. */
export interface House {
  readonly installation: InstallationStore
  readonly brands: ReadonlyMap<string, Desk>
  /** Brands that could not be opened, and why. */
  readonly unopened: ReadonlyMap<string, Problem>
  act(actor: Actor): Act
  /** What is done for the data each night. */
  readonly upkeep: Upkeep
  /** Makes a brand's database in a file of its own; half a one is never found. */
  lay(id: string, brand: Brand, actor: Actor): Promise<{ readonly file: string }>
  /** Brings a brand to life. */
  begin(row: BrandRow): Promise<void>
  /** Ends a brand's work and puts its database aside. */
  end(row: BrandRow, archive: string): Promise<void>
}
