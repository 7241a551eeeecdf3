import { useMutation } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { brandSettings } from '../../../shared/api/settings.ts'
import type { Brand } from '../../../shared/journey/brand.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { queryClient, refresh, systemQuery, useApiQuery } from '../../api/query.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import { Caps, Consent, Identity, Place, Prices, Quiet, Strangers } from './BrandFields.tsx'
import { ContentLabels } from './LabelFields.tsx'
import { LeaveGuard } from './LeaveGuard.tsx'
import { LinkRules } from './LinkFields.tsx'
import { PickRules } from './PickFields.tsx'
import { SettingFaults } from './SettingFaults.tsx'
import styles from './SettingsPage.module.css'
import { Work } from './WorkFields.tsx'

const path = '/settings/brand'

/** Name, signature, zone, quiet hours, consent, caps, prices, and what texts show whom. */
export function BrandTab() {
  const query = useApiQuery(path, brandSettings, { staleTime: Number.POSITIVE_INFINITY })
  return (
    <Loaded query={query} skeleton={<TableSkeleton rows={8} />}>
      {(brand) => (
        <>
          <SettingFaults setting="brand" />
          <BrandForm key={JSON.stringify(brand)} brand={brand} />
        </>
      )}
    </Loaded>
  )
}

function BrandForm({ brand }: { brand: Brand }) {
  const { t } = useTranslation('settings')
  const notice = useNotice()
  const [form] = Form.useForm<Brand>()
  const [changed, setChanged] = useState(false)
  const save = useMutation({
    // What this form does not show is kept as it was.
    mutationFn: (written: Brand) => api.put(path, brandSettings, { ...brand, ...written }),
    onSuccess: async () => {
      notice.done(t('saved'))
      setChanged(false)
      await Promise.all([refresh('/settings/'), queryClient.invalidateQueries(systemQuery)])
    },
  })
  const saved = () =>
    form
      .validateFields()
      .then((written) => save.mutateAsync(written))
      .then(
        () => true,
        // The fields, or the problem above them, say why.
        () => false,
      )
  const reset = () => {
    form.resetFields()
    setChanged(false)
  }
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={brand}
      onValuesChange={() => setChanged(true)}
      onFinish={(written) => save.mutate(written)}
      scrollToFirstError
    >
      <LeaveGuard changed={changed} saving={save.isPending} save={saved} />
      {save.error ? <ProblemAlert problem={asProblem(save.error)} /> : null}
      <Identity />
      <Place />
      <Quiet />
      <Work />
      <Consent />
      <Caps />
      <Prices />
      <PickRules />
      <LinkRules />
      <ContentLabels />
      <Strangers />
      <div className={styles.bar}>
        {changed ? <span className={styles.unsaved}>{t('unsaved')}</span> : null}
        <Button disabled={!changed} onClick={reset}>
          {t('reset')}
        </Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!changed}
          loading={save.isPending}
          data-testid="save-brand"
        >
          {t('save')}
        </Button>
      </div>
    </Form>
  )
}
