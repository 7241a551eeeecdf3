import { Button, Segmented } from 'antd'
import { MessageCircle, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { channelSettingsAnswer } from '../../../shared/api/settings.ts'
import { type ContactWay, contactWays } from '../../../shared/api/wecom-ways.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Panel } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { CardsSkeleton } from '../../ui/Skeletons.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { TagsPanel } from './TagsPanel.tsx'
import { WayCard } from './WayCard.tsx'
import { WayModal } from './WayModal.tsx'
import styles from './wecom.module.css'

/** What a brand has in WeCom beside messages: the codes by which customers come. */
export function Component() {
  const { t } = useTranslation('wecom')
  const path = useBrandPath()
  const channels = useApiQuery('/settings/channels', channelSettingsAnswer)
  const transport = channels.data?.channels.find(({ id }) => id === 'wecom')?.transport
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} />
      <Loaded query={channels} skeleton={<CardsSkeleton cards={3} />}>
        {() =>
          transport === 'real' ? (
            <Tabs />
          ) : (
            <EmptyState
              icon={MessageCircle}
              title={t(transport === 'sandbox' ? 'sandbox.title' : 'absent.title')}
              text={t(transport === 'sandbox' ? 'sandbox.text' : 'absent.text')}
              example={t('ways.example')}
              action={
                transport === 'sandbox' ? null : (
                  <Link to={path('settings?tab=channels&channel=wecom')}>
                    <Button type="primary">{t('absent.setUp')}</Button>
                  </Link>
                )
              }
            />
          )
        }
      </Loaded>
    </Page>
  )
}

const tabs = [
  ['ways', Ways],
  ['tags', TagsPanel],
] as const

function Tabs() {
  const { t } = useTranslation('wecom')
  const [{ tab }, setFilter] = useFilters(['tab'])
  const [current, Shown] = tabs.find(([id]) => id === tab) ?? tabs[0]
  return (
    <>
      <Segmented
        className={styles.tabs ?? ''}
        value={current}
        aria-label={t('title')}
        options={tabs.map(([id]) => ({ value: id, label: t(`tabs.${id}`) }))}
        onChange={(id) => setFilter('tab', id === 'ways' ? undefined : id)}
      />
      <Shown />
    </>
  )
}

/** The code whose form is open; null: a new one. */
export interface EditedWay {
  readonly way: ContactWay | null
}

function Ways() {
  const { t } = useTranslation('wecom')
  const query = useApiQuery('/wecom/ways', contactWays)
  const [edited, setEdited] = useState<EditedWay | null>(null)
  const create = (
    <Button
      type="primary"
      icon={<Plus size={15} />}
      onClick={() => setEdited({ way: null })}
      data-testid="new-way"
    >
      {t('ways.create')}
    </Button>
  )
  return (
    <Loaded query={query} skeleton={<CardsSkeleton cards={3} />}>
      {({ ways }) => (
        <>
          {ways.length === 0 ? (
            <EmptyState
              icon={MessageCircle}
              title={t('ways.empty.title')}
              text={t('ways.empty.text')}
              example={t('ways.example')}
              action={create}
            />
          ) : (
            <Panel title={t('ways.title')} extra={create}>
              <p className={styles.about}>{t('ways.about')}</p>
              <ul className={styles.ways} data-testid="ways">
                {ways.map((way) => (
                  <WayCard key={way.id} way={way} onEdit={() => setEdited({ way })} />
                ))}
              </ul>
            </Panel>
          )}
          <WayModal edited={edited} onClose={() => setEdited(null)} />
        </>
      )}
    </Loaded>
  )
}
