import type { FastifyInstance } from 'fastify';
import { printSchema, type GraphQLSchema } from 'graphql';

/** Serves the schema that clients see at `/schema.graphql`, for code generators and editors. */
export function schemaFile(app: FastifyInstance, schema: GraphQLSchema): void {
  const text = `${printSchema(schema)}\n`;
  app.get('/schema.graphql', (_request, reply) => reply.type('text/plain; charset=utf-8').send(text));
}
