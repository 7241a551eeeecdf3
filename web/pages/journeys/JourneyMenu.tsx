import { Button, Dropdown, type MenuProps } from 'antd'
import {
  ChartColumn,
  CircleStop,
  Copy,
  Download,
  Ellipsis,
  PauseCircle,
  PencilRuler,
  PlayCircle,
  Trash2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { JourneySummary } from '../../../shared/api/journeys.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useJourneyActions } from './useJourneyActions.ts'

/** Everything that can be done to one journey of the list. */
export function JourneyMenu({ journey }: { journey: JourneySummary }) {
  const { t } = useTranslation('journeys')
  const navigate = useNavigate()
  const path = useBrandPath()
  const actions = useJourneyActions()
  const { id, status } = journey
  const running: NonNullable<MenuProps['items']> = [
    ...(status === 'live'
      ? [
          {
            key: 'pause',
            label: t('menu.pause'),
            icon: <PauseCircle size={14} />,
            onClick: () => void actions.pause(journey),
          },
        ]
      : []),
    ...(status === 'paused'
      ? [
          {
            key: 'resume',
            label: t('menu.resume'),
            icon: <PlayCircle size={14} />,
            onClick: () => void actions.resume(journey),
          },
        ]
      : []),
    ...(status === 'live' || status === 'paused'
      ? [
          {
            key: 'stop',
            label: t('menu.stop'),
            icon: <CircleStop size={14} />,
            onClick: () => actions.stop(journey),
          },
        ]
      : []),
  ]
  const items: MenuProps['items'] = [
    {
      key: 'open',
      label: t('menu.open'),
      icon: <PencilRuler size={14} />,
      onClick: () => navigate(path(`journeys/${id}`)),
    },
    ...(journey.entered > 0
      ? [
          {
            key: 'results',
            label: t('menu.results'),
            icon: <ChartColumn size={14} />,
            onClick: () => navigate(path(`reports?journey=${id}`)),
          },
        ]
      : []),
    {
      key: 'duplicate',
      label: t('menu.duplicate'),
      icon: <Copy size={14} />,
      onClick: () => void actions.duplicate(journey),
    },
    {
      key: 'export',
      label: t('menu.export'),
      icon: <Download size={14} />,
      onClick: () => void actions.exportFile(journey),
    },
    ...(running.length > 0 ? [{ type: 'divider' as const }, ...running] : []),
    { type: 'divider' as const },
    {
      key: 'delete',
      label: t('menu.delete'),
      icon: <Trash2 size={14} />,
      danger: true,
      onClick: () => actions.remove(journey),
    },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button
        type="text"
        size="small"
        aria-label={t('columns.actions')}
        icon={<Ellipsis size={16} />}
        data-testid={`journey-menu-${id}`}
      />
    </Dropdown>
  )
}
