import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button, Dropdown, Typography } from 'antd'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import {
  delivery,
  noticeKinds,
  offReasons,
  type Webhook,
  type WebhookMade,
  webhook,
  webhookList,
  webhookMade,
} from '../../../shared/api/webhooks.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Panel } from '../../ui/Page.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './KeysTab.module.css'
import pageStyles from './SettingsPage.module.css'
import { WebhookForm } from './WebhookForm.tsx'
import { WebhookLog } from './WebhookLog.tsx'

/** Where other systems are told of what happens in this brand. */
export function WebhooksTab() {
  const { t } = useTranslation('settings')
  const query = useApiQuery('/webhooks', webhookList)
  const [editing, setEditing] = useState<Webhook | 'new' | null>(null)
  const [log, setLog] = useState<Webhook | null>(null)
  const [made, setMade] = useState<WebhookMade | null>(null)
  return (
    <Loaded query={query} skeleton={<TableSkeleton rows={3} />}>
      {({ webhooks }) => (
        <>
          {made === null ? null : <Told made={made} onClose={() => setMade(null)} />}
          <Panel
            title={t('tabs.webhooks')}
            extra={
              <Button type="primary" onClick={() => setEditing('new')} data-testid="make-webhook">
                {t('webhooks.make')}
              </Button>
            }
          >
            <p className={pageStyles.about}>
              {t('webhooks.about')} <a href="/api/docs">{t('keys.docs')}</a>
            </p>
            {webhooks.length === 0 ? (
              <p className={styles.none}>{t('webhooks.none')}</p>
            ) : (
              <ul className={styles.list}>
                {webhooks.map((one) => (
                  <Row
                    key={one.id}
                    entry={one}
                    onEdit={() => setEditing(one)}
                    onLog={() => setLog(one)}
                    onSecret={setMade}
                  />
                ))}
              </ul>
            )}
          </Panel>
          <WebhookForm
            editing={editing}
            onClose={() => setEditing(null)}
            onMade={(one) => {
              setEditing(null)
              setMade(one)
            }}
          />
          <WebhookLog of={log} onClose={() => setLog(null)} />
        </>
      )}
    </Loaded>
  )
}

/** The secret itself, which is told this once. */
function Told({ made: { webhook: one, secret }, onClose }: { made: WebhookMade; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const until = one.oldSecretUntil
  return (
    <Alert
      type="success"
      showIcon
      closable={{ onClose }}
      title={t('webhooks.secretOf', { name: one.name })}
      description={
        <>
          <p>
            {t('webhooks.once')} {until === null ? '' : t('webhooks.former', { at: format.time(until) })}
          </p>
          <Typography.Text code copyable className={styles.secret ?? ''} data-testid="webhook-secret">
            {secret}
          </Typography.Text>
        </>
      }
    />
  )
}

interface RowProps {
  entry: Webhook
  onEdit: () => void
  onLog: () => void
  onSecret: (made: WebhookMade) => void
}

/** How it does, in a dot and its word. */
function State({ off, failingSince, secretReady }: Webhook) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  if (!secretReady) return <StatusDot tone="bad">{t('webhooks.locked')}</StatusDot>
  if (off !== null)
    return <StatusDot tone={off === 'asked' ? 'quiet' : 'bad'}>{format.text(offReasons[off])}</StatusDot>
  if (failingSince !== null)
    return <StatusDot tone="warn">{t('webhooks.failing', { at: format.time(failingSince) })}</StatusDot>
  return <StatusDot tone="good">{t('webhooks.on')}</StatusDot>
}

function Row({ entry, onEdit, onLog, onSecret }: RowProps) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const { name, url, kinds, events, waiting } = entry
  const wanted = kinds.map((kind) =>
    kind === 'event.received' && events !== null
      ? `${format.text(noticeKinds[kind].words)} (${events.join(', ')})`
      : format.text(noticeKinds[kind].words),
  )
  return (
    <li className={styles.key} data-testid="webhook">
      <div className={styles.facts}>
        <strong>{name}</strong>
        <State {...entry} />
        <small>{url}</small>
        <small>
          {wanted.join(' · ')}
          {waiting > 0 ? ` · ${t('webhooks.waiting', { count: waiting })}` : ''}
        </small>
      </div>
      <Button
        type="text"
        onClick={onLog}
        aria-label={`${t('webhooks.log')} ${name}`}
        data-testid="webhook-log"
      >
        {t('webhooks.log')}
      </Button>
      <More entry={entry} onEdit={onEdit} onLog={onLog} onSecret={onSecret} />
    </li>
  )
}

function More({ entry, onEdit, onLog, onSecret }: RowProps) {
  const { t } = useTranslation(['settings', 'common'])
  const notice = useNotice()
  const { modal } = App.useApp()
  const { id, name, off, url, kinds, events, allowPrivate, inSandbox } = entry
  const told = { onError: notice.problem, onSettled: () => refresh('/webhooks') }
  const test = useMutation({
    mutationFn: () => api.post(`/webhooks/${id}/test`, delivery),
    onSuccess: onLog,
    ...told,
  })
  const turn = useMutation({
    mutationFn: () => {
      const on = off !== null
      return api.put(`/webhooks/${id}`, webhook, { name, url, kinds, events, allowPrivate, inSandbox, on })
    },
    ...told,
  })
  const ask = (what: 'renew' | 'remove', act: () => Promise<void>) =>
    modal.confirm({
      title: t(`webhooks.${what}Title`, { name }),
      content: t(`webhooks.${what}Text`),
      okText: t(`webhooks.${what}`),
      cancelText: t('common:cancel'),
      okButtonProps: { danger: what === 'remove' },
      onOk: async () => {
        await act().catch(notice.problem)
        await refresh('/webhooks')
      },
    })
  const items = [
    { key: 'test', label: t('webhooks.test'), disabled: off !== null, onClick: () => test.mutate() },
    { key: 'edit', label: t('webhooks.edit'), onClick: onEdit },
    {
      key: 'turn',
      label: t(off === null ? 'webhooks.turnOff' : 'webhooks.turnOn'),
      onClick: () => turn.mutate(),
    },
    {
      key: 'renew',
      label: t('webhooks.renew'),
      onClick: () =>
        ask('renew', async () => onSecret(await api.post(`/webhooks/${id}/secret`, webhookMade))),
    },
    {
      key: 'remove',
      danger: true,
      label: t('webhooks.remove'),
      onClick: () => ask('remove', async () => void (await api.delete(`/webhooks/${id}`, z.undefined()))),
    },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button
        type="text"
        icon={<Ellipsis size={16} />}
        aria-label={`${t('webhooks.more')} ${name}`}
        data-testid="webhook-more"
      />
    </Dropdown>
  )
}
