import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Table, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import {
  identifySecret,
  type TrackingKey,
  trackingAnswer,
  trackingKey,
  type Visit,
} from '../../../shared/api/tracking.ts'
import { limits } from '../../../shared/limits.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { When } from '../../ui/figures.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './KeysTab.module.css'
import pageStyles from './SettingsPage.module.css'

const calls = `magpie.consent(true)
magpie.track('added_to_cart', { sku: 'A-1' })
addEventListener('magpie', () => magpie.identify(customerId, signature))`

const snippetOf = (key: string) =>
  `<script src="${location.origin}/track.js" data-key="${key}" defer></script>`

/** Keys of web pages, what to put into them, and the last of what they told. */
export function TrackingTab() {
  const { t } = useTranslation('settings')
  const query = useApiQuery('/tracking', trackingAnswer)
  const [making, setMaking] = useState(false)
  return (
    <Loaded query={query} skeleton={<TableSkeleton rows={4} />}>
      {({ keys, recent }) => (
        <>
          <Panel
            title={t('tabs.tracking')}
            extra={
              <Button type="primary" onClick={() => setMaking(true)} data-testid="make-tracking-key">
                {t('tracking.make')}
              </Button>
            }
          >
            <p className={pageStyles.about}>{t('tracking.about')}</p>
            {keys.length === 0 ? <p className={styles.none}>{t('tracking.none')}</p> : null}
            <ul className={styles.list}>
              {keys.map((key) => (
                <Key key={key.id} entry={key} />
              ))}
            </ul>
          </Panel>
          <Recent visits={recent} />
          <Making open={making} onClose={() => setMaking(false)} />
        </>
      )}
    </Loaded>
  )
}

function Key({ entry: { id, name, origins, revokedAt } }: { entry: TrackingKey }) {
  const { t } = useTranslation('settings')
  const notice = useNotice()
  const [secret, setSecret] = useState<string | null>(null)
  const show = async () => {
    try {
      setSecret((await api.get(`/tracking/keys/${id}/secret`, identifySecret)).secret)
    } catch (problem) {
      notice.problem(problem)
    }
  }
  const revoke = async () => {
    try {
      await api.delete(`/tracking/keys/${id}`, z.undefined())
      notice.done(t('tracking.revoked'))
    } catch (problem) {
      notice.problem(problem)
    } finally {
      await refresh('/tracking')
    }
  }
  const used = revokedAt === null
  return (
    <li className={styles.key} data-testid="tracking-key">
      <div className={styles.facts}>
        <strong>{name}</strong>
        <StatusDot tone={used ? 'good' : 'quiet'}>
          {t(used ? 'tracking.active' : 'tracking.revoked')}
        </StatusDot>
        <small>{origins.join(' · ')}</small>
        {used ? (
          <>
            <small>{t('tracking.snippet')}</small>
            <Typography.Text code copyable data-testid="tracking-snippet">
              {snippetOf(id)}
            </Typography.Text>
            <small>{t('tracking.calls')}</small>
            <Typography.Text code copyable style={{ whiteSpace: 'pre-wrap' }}>
              {calls}
            </Typography.Text>
            <small>{t('tracking.secret')}</small>
            <small>{t('tracking.secretHint')}</small>
            {secret === null ? (
              <Button size="small" onClick={() => void show()}>
                {t('tracking.showSecret')}
              </Button>
            ) : (
              <Typography.Text code copyable className={styles.secret ?? ''}>
                {secret}
              </Typography.Text>
            )}
          </>
        ) : null}
      </div>
      {used ? (
        <Button
          type="text"
          danger
          onClick={() => void revoke()}
          aria-label={`${t('tracking.revoke')} ${name}`}
        >
          {t('tracking.revoke')}
        </Button>
      ) : null}
    </li>
  )
}

function Recent({ visits }: { visits: readonly Visit[] }) {
  const { t } = useTranslation('settings')
  return (
    <Panel title={t('tracking.recent')}>
      {visits.length === 0 ? (
        <p className={pageStyles.hint}>{t('tracking.noRecent')}</p>
      ) : (
        <Table<Visit>
          rowKey={({ visitor, name, at }) => `${visitor}:${name}:${at}`}
          dataSource={[...visits]}
          pagination={false}
          size="small"
          columns={[
            {
              title: t('tracking.visitor'),
              key: 'visitor',
              render: (_, { visitor }) => `…${visitor.slice(-6)}`,
            },
            { title: t('tracking.event'), dataIndex: 'name' },
            { title: t('tracking.page'), key: 'page', render: (_, { page }) => page ?? '' },
            { title: t('tracking.at'), key: 'at', render: (_, { at }) => <When at={at} /> },
          ]}
        />
      )}
    </Panel>
  )
}

function Making({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const notice = useNotice()
  const [form] = Form.useForm<{ name: string; origins: string }>()
  const make = useMutation({
    mutationFn: ({ name, origins }: { name: string; origins: string }) =>
      api.post('/tracking/keys', trackingKey, {
        name,
        origins: origins.split(/\s+/).filter((one) => one !== ''),
      }),
    onSuccess: async () => {
      notice.done(t('tracking.made'))
      onClose()
      await refresh('/tracking')
    },
  })
  return (
    <Modal
      open={open}
      title={t('tracking.make')}
      okText={t('tracking.save')}
      cancelText={t('common:cancel')}
      onCancel={onClose}
      onOk={() => form.submit()}
      confirmLoading={make.isPending}
      destroyOnHidden
    >
      {make.error ? <ProblemAlert problem={asProblem(make.error)} /> : null}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        onFinish={(written) => make.mutate(written)}
      >
        <Form.Item name="name" label={t('tracking.name')} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={limits.nameLength.value} />
        </Form.Item>
        <Form.Item
          name="origins"
          label={t('tracking.origins')}
          extra={t('tracking.originsHint')}
          rules={[{ required: true, whitespace: true }]}
        >
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} placeholder="https://shop.example" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
