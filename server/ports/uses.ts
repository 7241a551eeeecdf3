import type { AudienceUse } from '../../shared/api/customers.ts'
import type { UsedKind } from '../../shared/compile/index.ts'
import { type ErrorCode, Problem } from '../../shared/errors/index.ts'

/** Where something is named: a journey's draft or what runs of it, or an audience. */
export type Use = AudienceUse

/** What journeys and audiences name. */
export interface Used {
  readonly kind: UsedKind
  readonly name: string
}

type InUseCode = Extract<ErrorCode, `${string}-in-use`>

/** Something that may not be taken away, with all that names it. */
export class InUse extends Problem {
  readonly extension: { readonly uses: readonly Use[] }

  constructor(code: InUseCode, details: Readonly<Record<string, string>>, uses: readonly Use[]) {
    super(code, { ...details, user: [...new Set(uses.map(({ id }) => id))].join(', ') })
    this.extension = { uses }
  }
}
