import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { aiSettingsAnswer, type aiSettingsSave, aiTest } from '../../../shared/api/settings.ts'
import { modelOrigin } from '../../../shared/channels/origin.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { queryClient, refresh, systemQuery, useApiQuery } from '../../api/query.ts'
import { sayFallback } from '../../ui/fallback.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import { SecretPlaceHint } from './SecretPlaceHint.tsx'
import { SettingFaults, useSettingFaults } from './SettingFaults.tsx'
import styles from './SettingsPage.module.css'
import { Test, Verdict } from './Test.tsx'

type Ai = z.output<typeof aiSettingsAnswer>
const path = '/settings/ai'

/** The model that polishes messages. */
export function AiTab() {
  const { t } = useTranslation('settings')
  const query = useApiQuery(path, aiSettingsAnswer)
  const unusable = useSettingFaults('ai').length > 0
  return (
    <Loaded query={query} skeleton={<TableSkeleton rows={4} />}>
      {(ai) => (
        <Panel
          title={t('tabs.ai')}
          extra={
            unusable ? (
              <StatusDot tone="bad">{t('faults.unused')}</StatusDot>
            ) : (
              <StatusDot tone={ai.model ? 'good' : 'plain'}>
                {ai.model ? t('ai.ready', { model: ai.model }) : t('ai.off')}
              </StatusDot>
            )
          }
        >
          <SettingFaults setting="ai" />
          <p className={styles.about}>{t('ai.about')}</p>
          {ai.fromEnvironment ? <FromEnvironment ai={ai} /> : <AiForm key={JSON.stringify(ai)} ai={ai} />}
          <p className={styles.hint}>{t('ai.privacy')}</p>
        </Panel>
      )}
    </Loaded>
  )
}

function FromEnvironment({ ai }: { ai: Ai }) {
  const { t } = useTranslation('settings')
  return (
    <>
      <Alert type="info" showIcon title={t('ai.fromEnvironment')} style={{ marginBottom: 12 }} />
      <dl className={styles.facts}>
        <dt>{t('ai.baseUrl')}</dt>
        <dd>{ai.baseUrl ?? t('ai.usualUrl')}</dd>
        <dt>{t('ai.model')}</dt>
        <dd>{ai.model}</dd>
        <dt>{t('ai.key')}</dt>
        <dd>{t(ai.keySet ? 'ai.isSet' : 'ai.isUnset')}</dd>
      </dl>
      <div className={styles.actions}>
        <AiTest />
      </div>
    </>
  )
}

/** Asks the model for one word. */
function AiTest() {
  const { t } = useTranslation('settings')
  const { t: common } = useTranslation()
  const test = useMutation({ mutationFn: () => api.post(`${path}/test`, aiTest) })
  const { data } = test
  return (
    <Test words="ai" test={test}>
      {data === undefined ? null : (
        <Verdict
          ok={data.ok}
          title={
            data.ok
              ? t('ai.testOk', { model: data.model ?? '' })
              : t('ai.testFailed', { reason: sayFallback(data.reason ?? '', common) })
          }
          detail={data.detail}
        />
      )}
    </Test>
  )
}

interface Written {
  baseUrl?: string | null
  model?: string | null
  apiKey?: string
  allowPrivate?: boolean
}

/** Empty fields are null; a key that was not written is left out, so that it stays as it is. */
function toSave({ baseUrl, model, apiKey, allowPrivate = false }: Written): z.input<typeof aiSettingsSave> {
  const key = apiKey?.trim()
  return {
    baseUrl: baseUrl?.trim() || null,
    model: model?.trim() || null,
    allowPrivate,
    ...(key ? { apiKey: key } : {}),
  }
}

function AiForm({ ai }: { ai: Ai }) {
  const { t } = useTranslation('settings')
  const notice = useNotice()
  const [form] = Form.useForm<Written>()
  const baseUrl = Form.useWatch('baseUrl', form) ?? ai.baseUrl
  const save = useMutation({
    mutationFn: (body: z.input<typeof aiSettingsSave>) => api.put(path, aiSettingsAnswer, body),
    onSuccess: async () => {
      notice.done(t('saved'))
      await Promise.all([refresh('/settings/'), queryClient.invalidateQueries(systemQuery)])
    },
  })
  return (
    <Form<Written>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ baseUrl: ai.baseUrl, model: ai.model, allowPrivate: ai.allowPrivate ?? false }}
      autoComplete="off"
      onFinish={(written) => save.mutate(toSave(written))}
    >
      {save.error ? (
        <div className={styles.problem}>
          <ProblemAlert problem={asProblem(save.error)} />
        </div>
      ) : null}
      <div>
        <Form.Item
          name="baseUrl"
          label={t('ai.baseUrl')}
          extra={t('ai.baseUrlHint')}
          rules={[{ pattern: /^\s*(https?:\/\/\S+)?\s*$/, message: t('ai.badUrl') }]}
        >
          <Input placeholder="https://api.deepseek.com/v1" data-testid="ai-base-url" />
        </Form.Item>
        <Form.Item
          name="allowPrivate"
          label={t('ai.allowPrivate')}
          extra={t('ai.allowPrivateHint')}
          valuePropName="checked"
        >
          <Switch data-testid="ai-allow-private" />
        </Form.Item>
        <div className={styles.two}>
          <Form.Item name="model" label={t('ai.model')} extra={t('ai.modelHint')}>
            <Input maxLength={200} data-testid="ai-model" />
          </Form.Item>
          <Form.Item
            name="apiKey"
            label={t('ai.key')}
            {...(ai.key !== undefined && {
              extra: <SecretPlaceHint secret={ai.key} now={modelOrigin(baseUrl?.trim() || null)} />,
            })}
          >
            <Input.Password
              autoComplete="new-password"
              maxLength={500}
              placeholder={ai.keySet ? t('ai.keySet') : t('ai.keyUnset')}
            />
          </Form.Item>
        </div>
        <div className={styles.actions}>
          <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="save-ai">
            {t('save')}
          </Button>
          {ai.model ? <AiTest /> : null}
          {ai.keySet ? (
            <Button
              type="text"
              danger
              onClick={() => save.mutate({ baseUrl: ai.baseUrl, model: ai.model, apiKey: null })}
            >
              {t('ai.clearKey')}
            </Button>
          ) : null}
        </div>
      </div>
    </Form>
  )
}
