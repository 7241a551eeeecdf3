import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AudienceUse } from '../../../shared/api/customers.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useFormat } from '../../ui/useFormat.ts'

/** Where an audience is used, each place a link. */
export function Uses({ uses, onLeave }: { uses: readonly AudienceUse[]; onLeave: () => void }) {
  const { t } = useTranslation('audiences')
  const format = useFormat()
  const path = useBrandPath()
  const running = uses.some(({ state }) => state === 'running')
  const where = ({ kind, version, node }: AudienceUse) =>
    [
      kind === 'audience'
        ? t('uses.audience')
        : version === null
          ? t('uses.draft')
          : t('uses.version', { version }),
      node,
    ]
      .filter((part) => part !== null)
      .join(' · ')
  return (
    <div data-testid="audience-uses">
      <p>{t(running ? 'uses.running' : 'uses.drafts')}</p>
      <ul>
        {uses.map((use) => (
          <li key={`${use.kind} ${use.id} ${use.version ?? ''} ${use.node ?? ''}`}>
            <Link
              to={use.kind === 'journey' ? path(`journeys/${use.id}`) : path('audiences')}
              onClick={onLeave}
            >
              {format.text(use.name)}
            </Link>{' '}
            <small>{where(use)}</small>
          </li>
        ))}
      </ul>
    </div>
  )
}
