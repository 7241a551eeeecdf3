import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { movesAnswer } from '../../../shared/api/versions.ts'
import { ProgressLine } from '../../ui/ProgressLine.tsx'
import { useLiveQuery } from '../useLiveQuery.ts'

/** How often a move is asked for while it goes on (ms). */
const everyMs = 1500

/** Tells how far those under way have been moved to a new version, or queued messages said by other values. */
export function MovesBanner() {
  const { t } = useTranslation('publishing')
  const answer = useLiveQuery('/moves', movesAnswer, ({ moves }) => (moves.length > 0 ? everyMs : false))
  return answer?.moves.map(({ kind, to, done, of, since }) => (
    <Alert
      key={`${kind} ${since}`}
      banner
      type="info"
      showIcon
      data-testid="moving"
      title={<ProgressLine label={t(`moving.${kind}`, { to })} done={done} total={of} />}
      description={t(`moving.${kind}About`)}
    />
  ))
}
