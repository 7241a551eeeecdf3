import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Flex, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import {
  type Restored,
  type RestoredDecision,
  restoredAnswer,
  restoredDecided,
} from '../../../shared/api/restored.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'

const path = '/messages/restored'

/** That the data comes from a backup or is a copy, and what waits for a person because of it. */
export function RestoredNotice() {
  const { data } = useApiQuery(path, restoredAnswer)
  if (data?.restored == null || data.restored.decided) return null
  return <Found restored={data.restored} />
}

function Found({ restored }: { restored: Restored }) {
  const { t } = useTranslation('messages')
  const format = useFormat()
  const notice = useNotice()
  const { kind, at, from, waiting, calls, journeys } = restored
  const decide = useMutation({
    mutationFn: (decision: RestoredDecision['decision']) => api.post(path, restoredDecided, { decision }),
    onSuccess: async ({ messages }, decision) => {
      notice.done(t(`restored.done.${decision}`, { count: messages }))
      await refresh('/messages')
    },
    onError: notice.problem,
  })
  const times = { at: format.time(at), from: from === null ? '' : format.time(from) }
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 12 }}
      data-testid="restored"
      title={t(`restored.title.${kind}`, { count: waiting })}
      description={
        <>
          <p>
            {t('restored.found', times)}
            {from === null ? '' : t('restored.from', times)}
          </p>
          <p>{t(`restored.text.${kind}`)}</p>
          {calls === 0 ? null : <p>{t('restored.calls', { count: calls })}</p>}
          {journeys.map(({ id, name, ...held }) => {
            const named = name === null ? id : format.text(name)
            return (
              <p key={id}>
                {held.waiting === 0 ? null : t('restored.journey', { name: named, count: held.waiting })}
                {held.calls === 0 ? null : ` ${t('restored.called', { name: named, count: held.calls })}`}
              </p>
            )
          })}
          {waiting + calls === 0 ? (
            <Button size="small" loading={decide.isPending} onClick={() => decide.mutate('drop')}>
              {t('restored.understood')}
            </Button>
          ) : (
            <Flex wrap gap={8} style={{ marginTop: 8 }}>
              <Popconfirm
                title={t('restored.sure.send', { count: waiting })}
                onConfirm={() => decide.mutate('send')}
              >
                <Button size="small" loading={decide.isPending}>
                  {t('restored.send')}
                </Button>
              </Popconfirm>
              <Popconfirm
                title={t('restored.sure.drop', { count: waiting })}
                onConfirm={() => decide.mutate('drop')}
              >
                <Button size="small" danger loading={decide.isPending}>
                  {t('restored.drop')}
                </Button>
              </Popconfirm>
            </Flex>
          )}
        </>
      }
    />
  )
}
