import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AudienceUse } from '../../shared/api/customers.ts'
import { useBrandPath } from '../api/useBrandPath.ts'
import { useFormat } from '../ui/useFormat.ts'
import styles from './Uses.module.css'

interface UsesProps {
  readonly uses: readonly AudienceUse[]
  /** What follows from them, in a sentence. */
  readonly about: string
  /** Where it is another brand than the one that is shown. */
  readonly brand?: string
  readonly onLeave: () => void
}

const pages = { journey: 'journeys', audience: 'audiences', content: 'contents' } as const satisfies Record<
  AudienceUse['kind'],
  string
>

/** Where something is used, each place a link. */
export function Uses({ uses, about, brand, onLeave }: UsesProps) {
  const { t } = useTranslation('common')
  const format = useFormat()
  const shown = useBrandPath()
  const path = brand === undefined ? shown : (page: string) => `/${brand}/${page}`
  const where = ({ kind, state, version, node }: AudienceUse) =>
    [
      kind !== 'journey'
        ? t(`uses.${kind}`)
        : state === 'draft' || version === null
          ? t('uses.draft')
          : t('uses.version', { version }),
      node,
    ]
      .filter((part) => part !== null)
      .join(' · ')
  return (
    <div data-testid="uses">
      <p>{about}</p>
      <ul className={styles.uses}>
        {uses.map((use) => (
          <li key={`${use.kind} ${use.id} ${use.version ?? ''} ${use.node ?? ''}`}>
            <Link to={path(`${pages[use.kind]}/${use.id}`)} onClick={onLeave}>
              {format.text(use.name)}
            </Link>{' '}
            <small>{where(use)}</small>
          </li>
        ))}
      </ul>
    </div>
  )
}
