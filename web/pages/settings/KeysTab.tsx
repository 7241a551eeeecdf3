import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, Modal, Radio, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import {
  type ApiKey,
  type KeyKind,
  type KeyMade,
  keyKinds,
  keyList,
  keyMade,
  keyRights,
} from '../../../shared/api/keys.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './KeysTab.module.css'
import pageStyles from './SettingsPage.module.css'

const kinds = ['write', 'read', 'read_masked'] as const satisfies readonly KeyKind[]

/** The keys by which other systems call the API of this brand. */
export function KeysTab() {
  const { t } = useTranslation('settings')
  const query = useApiQuery('/keys', keyList)
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<KeyMade | null>(null)
  return (
    <Loaded query={query} skeleton={<TableSkeleton rows={3} />}>
      {({ keys }) => (
        <>
          {made === null ? null : <Told made={made} onClose={() => setMade(null)} />}
          <Panel
            title={t('tabs.keys')}
            extra={
              <Button type="primary" onClick={() => setMaking(true)} data-testid="make-key">
                {t('keys.make')}
              </Button>
            }
          >
            <p className={pageStyles.about}>
              {t('keys.about')} <a href="/api/docs">{t('keys.docs')}</a>
            </p>
            {keys.length === 0 ? (
              <p className={styles.none}>{t('keys.none')}</p>
            ) : (
              <ul className={styles.list}>
                {keys.map((key) => (
                  <Row key={key.id} entry={key} />
                ))}
              </ul>
            )}
          </Panel>
          <Making
            open={making}
            onClose={() => setMaking(false)}
            onMade={(one) => {
              setMaking(false)
              setMade(one)
            }}
          />
        </>
      )}
    </Loaded>
  )
}

/** The key itself, which is told this once. */
function Told({ made: { key, secret }, onClose }: { made: KeyMade; onClose: () => void }) {
  const { t } = useTranslation('settings')
  return (
    <Alert
      type="success"
      showIcon
      closable={{ onClose }}
      title={t('keys.made', { name: key.name })}
      description={
        <>
          <p>{t('keys.once')}</p>
          <Typography.Text code copyable className={styles.secret ?? ''} data-testid="key-secret">
            {secret}
          </Typography.Text>
        </>
      }
    />
  )
}

function Row({ entry: { id, name, kind, hint, madeAt, usedAt, revokedAt } }: { entry: ApiKey }) {
  const { t } = useTranslation(['settings', 'common'])
  const format = useFormat()
  const notice = useNotice()
  const { modal } = App.useApp()
  const used = usedAt === null ? t('keys.unused') : t('keys.used', { at: format.time(usedAt) })
  const end = revokedAt === null ? used : t('keys.revokedAt', { at: format.time(revokedAt) })
  const revoke = () =>
    modal.confirm({
      title: t('keys.revokeTitle', { name }),
      content: t('keys.revokeText'),
      okText: t('keys.revoke'),
      cancelText: t('common:cancel'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await api.delete(`/keys/${id}`, z.undefined())
          notice.done(t('keys.revoked'))
        } catch (error) {
          notice.problem(error)
        }
        await refresh('/keys')
      },
    })
  return (
    <li className={styles.key} data-testid="api-key">
      <div className={styles.facts}>
        <strong>{name}</strong>
        <StatusDot tone={revokedAt === null ? 'good' : 'quiet'}>
          {revokedAt === null ? format.text(keyKinds[kind]) : t('keys.revoked')}
        </StatusDot>
        <small>{`…${hint} · ${t('keys.madeAt', { at: format.time(madeAt) })} · ${end}`}</small>
      </div>
      {revokedAt === null ? (
        <Button type="text" danger onClick={revoke} aria-label={`${t('keys.revoke')} ${name}`}>
          {t('keys.revoke')}
        </Button>
      ) : null}
    </li>
  )
}

interface Making {
  open: boolean
  onClose: () => void
  onMade: (made: KeyMade) => void
}

function Making({ open, onClose, onMade }: Making) {
  const { t } = useTranslation(['settings', 'common'])
  const format = useFormat()
  const [form] = Form.useForm<{ name: string; kind: KeyKind }>()
  const make = useMutation({
    mutationFn: (written: { name: string; kind: KeyKind }) => api.post('/keys', keyMade, written),
    onSuccess: async (made) => {
      onMade(made)
      form.resetFields()
      await refresh('/keys')
    },
  })
  return (
    <Modal
      open={open}
      title={t('keys.make')}
      okText={t('keys.makeOk')}
      cancelText={t('common:cancel')}
      confirmLoading={make.isPending}
      onOk={form.submit}
      onCancel={onClose}
      afterClose={() => make.reset()}
      destroyOnHidden
    >
      {make.error ? <ProblemAlert problem={asProblem(make.error)} /> : null}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'write' }}
        onFinish={(written) => make.mutate(written)}
      >
        <Form.Item
          name="name"
          label={t('keys.name')}
          extra={t('keys.nameHint')}
          rules={[{ required: true, whitespace: true, message: t('keys.nameNeeded') }]}
        >
          <Input maxLength={100} autoFocus data-testid="key-name" />
        </Form.Item>
        <Form.Item name="kind" label={t('keys.kind')}>
          <Radio.Group className={styles.kinds ?? ''}>
            {kinds.map((kind) => (
              <Radio key={kind} value={kind}>
                {format.text(keyKinds[kind])}
                <small className={styles.hint}>{t(`keys.kinds.${kind}`)}</small>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
      </Form>
      <Rights />
    </Modal>
  )
}

/** What each kind may call, as the table of rights has it. */
function Rights() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  return (
    <details className={styles.rights}>
      <summary>{t('keys.rights')}</summary>
      {kinds.map((kind) => (
        <div key={kind}>
          <b>{format.text(keyKinds[kind])}</b>
          <ul>
            {keyRights[kind].map((right) => (
              <li key={right}>
                <code>{right}</code>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  )
}
