import { useMutation } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type Task, taskDecided } from '../../../shared/api/tasks.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useNotice } from '../../ui/useNotice.tsx'

/** Takes back what was given by hand; for what a journey asks a customer waits. */
export function TakeBack({ task, size }: { task: Task; size: 'small' | 'large' }) {
  const { t } = useTranslation(['tasks', 'common'])
  const notice = useNotice()
  const cancel = useMutation({
    mutationFn: () => api.post(`/tasks/${encodeURIComponent(task.id)}/cancel`, taskDecided),
    onSuccess: () => notice.done(t('takenBack')),
    onError: (problem) => notice.problem(problem),
    onSettled: () => Promise.all([refresh('/tasks'), refresh('/staff'), refresh('/customers')]),
  })
  if (task.journeyId !== null) return null
  return (
    <Popconfirm
      title={t('takeBackAsk')}
      okText={t('takeBack')}
      cancelText={t('common:cancel')}
      onConfirm={() => cancel.mutate()}
    >
      <Button
        size={size}
        type="text"
        icon={<Undo2 size={14} />}
        loading={cancel.isPending}
        aria-label={t('takeBack')}
        title={t('takeBack')}
        data-testid="task-take-back"
      >
        {size === 'large' ? t('takeBack') : null}
      </Button>
    </Popconfirm>
  )
}
