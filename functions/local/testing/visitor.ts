/** A browser without a screen: it keeps cookies and follows no redirect by itself. */
const aVisitor = (origin: string) => {
  const cookies = new Map<string, string>();
  const send = async (path: string, form?: Record<string, string>): Promise<Response> => {
    const answer = await fetch(new URL(path, origin), {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return answer;
  };
  return {
    open: async (path: string) => await send(path),
    post: async (path: string, form: Record<string, string>) => await send(path, form),
  };
};

/** Begins to sign in to the web app, as far as the page that asks for the password. */
export const atSignIn = async (origin: string) => {
  const visitor = aVisitor(origin);
  const query = new URLSearchParams({
    client_id: 'hems-web',
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: `${origin}/signed-in`,
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  });
  const start = await visitor.open(`/oidc/authorize?${query.toString()}`);
  const page = start.headers.get('location') ?? '';
  const post = async (end: string, form: Record<string, string>) => await visitor.post(page + end, form);
  return {
    page,
    open: async (end: string) => await visitor.open(page + end),
    post,
    /** where the browser ends up once it is let in; undefined when it was not */
    letIn: async (end: string, form: Record<string, string>) => {
      const answer = await post(end, form);
      const resume = answer.headers.get('location');
      if (answer.status !== 303 || resume === null) return undefined;
      return (await visitor.open(resume)).headers.get('location') ?? undefined;
    },
  };
};
